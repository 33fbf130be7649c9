import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isRecord, recordedName } from '../../lib/topology/kept';

it('knows the records of a stack by their addresses, and no other resource', () => {
  const kept = 'terraform_data.mvp_Kept_62905A78["data-1 volume"]';
  const records = [kept, 'terraform_data.mvp_database-apps_life_87247C0D', 'module.a.terraform_data.Released["core"]'];
  for (const address of records) assert.ok(isRecord(address), address);
  const others = [
    'terraform_data.core',
    'terraform_data.wildlife',
    'aws_instance.mvp_Kept_62905A78',
    'terraform_data.life_of_brian',
  ];
  for (const address of others) assert.ok(!isRecord(address), address);
  assert.equal(recordedName(kept), 'data-1 volume');
  assert.equal(recordedName('terraform_data.mvp_Released_62905A78["core"]'), undefined);
});
