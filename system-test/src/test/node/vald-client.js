// The published Vald client inserts, searches, updates and removes at ADDRESS.
// Usage: node vald-client.js HOST:PORT DIMENSION
'use strict';

const assert = require('node:assert/strict');
const grpc = require('@grpc/grpc-js');
const { v1_vald: vald, v1_payload: { payload } } = require('vald-client-node');

const [address, dimension] = [process.argv[2], Number(process.argv[3])];
const credentials = grpc.credentials.createInsecure();

const call = (client, method, request) =>
  new Promise((resolve, reject) => {
    const deadline = Date.now() + 10_000;
    client[method](request, new grpc.Metadata(), { deadline }, (error, answer) =>
      error ? reject(error) : resolve(answer));
  });

const components = (first) => Array.from({ length: dimension }, (_, i) => (i === 0 ? first : i));

const vector = (id, first) => {
  const result = new payload.Object.Vector();
  result.setId(id);
  result.setVectorList(components(first));
  return result;
};

const id = (text) => {
  const result = new payload.Object.ID();
  result.setId(text);
  return result;
};

const search = async (client, first) => {
  const config = new payload.Search.Config();
  config.setNum(1);
  config.setRadius(-1);
  config.setEpsilon(0.1);
  config.setTimeout(3_000_000_000);
  const request = new payload.Search.Request();
  request.setVectorList(components(first));
  request.setConfig(config);
  const answer = await call(client, 'search', request);
  return answer.getResultsList().map((hit) => [hit.getId(), hit.getDistance()]);
};

(async () => {
  const inserts = new vald.insert_grpc.InsertClient(address, credentials);
  const searches = new vald.search_grpc.SearchClient(address, credentials);
  const updates = new vald.update_grpc.UpdateClient(address, credentials);
  const objects = new vald.object_grpc.ObjectClient(address, credentials);
  const removes = new vald.remove_grpc.RemoveClient(address, credentials);

  const insert = new payload.Insert.Request();
  insert.setVector(vector('from-node', 100));
  insert.setConfig(new payload.Insert.Config());
  const location = await call(inserts, 'insert', insert);
  assert.equal(location.getUuid(), 'from-node');

  assert.deepEqual(await search(searches, 100), [['from-node', 0]]);

  await assert.rejects(call(inserts, 'insert', insert), { code: grpc.status.ALREADY_EXISTS });

  const update = new payload.Update.Request();
  update.setVector(vector('from-node', 200));
  update.setConfig(new payload.Update.Config());
  await call(updates, 'update', update);
  assert.deepEqual(await search(searches, 200), [['from-node', 0]]);

  const wanted = new payload.Object.VectorRequest();
  wanted.setId(id('from-node'));
  const stored = await call(objects, 'getObject', wanted);
  assert.deepEqual(stored.getVectorList(), components(200));

  const remove = new payload.Remove.Request();
  remove.setId(id('from-node'));
  remove.setConfig(new payload.Remove.Config());
  await call(removes, 'remove', remove);
  await assert.rejects(call(objects, 'exists', id('from-node')), { code: grpc.status.NOT_FOUND });

  console.log('the published client is content');
  [inserts, searches, updates, objects, removes].forEach((client) => client.close());
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
