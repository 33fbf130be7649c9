import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { carrier } from '../../lib/aws/secrets';
import { SHELLS } from '../kato/sandbox';
import { absent } from '../programs';

const image = { id: 'ami-1', imdsv2: false, rootGib: 40 };
const { field } = carrier({ region: 'us-west-2', secretPrefix: 'x/', name: 'mvp', image });

for (const shell of SHELLS) {
  describe(`an answer of AWS under ${shell}`, { skip: absent(shell, 'python3') }, () => {
    const ask = (answer: string, ...names: string[]) => {
      const args = shell === 'busybox' ? ['sh'] : [];
      const script = `PY=$(command -v python3)\n${field!.text}\nfield "$@"`;
      const { status, stdout, stderr } = spawnSync(shell, [...args, '-c', script, 'sh', ...names], {
        input: answer,
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    };
    it('gives its field', () => {
      assert.deepEqual(ask('{"Parameter":{"Value":"ü"}}', 'Parameter', 'Value'), {
        status: 0,
        stdout: 'ü',
        stderr: '',
      });
    });
    it('that is an error gives its type and message', () => {
      assert.equal(ask('{"__type":"AccessDenied","message":"no"}', 'SecretString').stderr, 'AccessDenied no\n');
    });
    it('that did not come adds no words to those of curl', () => {
      assert.deepEqual(ask('', 'SecretString'), { status: 1, stdout: '', stderr: '' });
    });
    it('that is no JSON is shown in part', () => {
      assert.equal(ask('<html>502', 'SecretString').stderr, 'no JSON: <html>502\n');
    });
  });
}
