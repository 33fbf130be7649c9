import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ModelNode, modelNode } from './model-node';
import { line, session } from './seed';

// Seed 002, "Elasticsearch for Stackato: How to create your own custom service" (July 2013, 2.x). Its sessions clone a
// repository and run `./scripts/bootstrap.sh`; what that script does the page says in words: "installing to supervisord
// and kato, loading into Doozer, adding the service AUTH token to the Cloud Controller, adding elasticsearch as a role,
// and finally restarting kato". The commands are those of facts 10.3 (H). The `stackato` client is not modelled.
const etc = '/home/stackato/stackato/etc/kato';

describe('seed 002: a custom service', () => {
  for (const { name, version } of [
    { name: 'echo', version: '2.10.6' },
    { name: 'elasticsearch', version: '2.10.6' },
    { name: 'elasticsearch', version: '3.2.1' },
  ]) {
    describe(`${name} on ${version}`, () => {
      let node: ModelNode;
      const old = version.startsWith('2');
      before(async () => {
        node = modelNode(version);
        node.boot();
        await node.ready();
      });
      after(() => node.remove());

      it('is unknown at first', async () => {
        assert.match((await node.kato(`role add ${name}`)).text, /unknown role/);
        assert.match((await node.kato(`config get ${name}_gateway`)).text, /unknown component/);
      });
      session(() => node, [line('kato stop')]);
      it('"installing to … kato"', () => {
        if (old) {
          node.put(
            `${etc}/processes.yml`,
            `${name}_node:\n  config_origin: doozer\n${name}_gateway:\n  config_origin: doozer\n`,
          );
          node.put(`${etc}/roles.yml`, `${name}:\n  processes:\n    - ${name}_node\n    - ${name}_gateway\n`);
        } else {
          for (const part of ['node', 'gateway'])
            node.put(`${etc}/processes/${name}_${part}.yml`, `name: ${name}_${part}\nroles:\n  - ${name}\n`);
        }
      });
      // "Two configuration files: one for the gateway, and one for the nodes"
      session(
        () => node,
        [
          line(
            `kato config set --yaml ${name}_gateway /`,
            undefined,
            'cloud_controller_uri: api.stackato.local\ntoken: changeme\n',
          ),
          line(
            `kato config set --yaml ${name}_node /`,
            undefined,
            `base_dir: /var/vcap/services/${name}\nport: 9200\n`,
          ),
          line(`kato config get ${name}_node port`, /^9200$/),
          // "adding the service AUTH token to the Cloud Controller"
          old
            ? line(`kato config set cloud_controller builtin_services/${name} '{"token":"changeme"}' --json`)
            : line(`kato config set cloud_controller_ng builtin_services/${name}/token changeme`),
          // "adding elasticsearch as a role, and finally restarting kato"
          line(`kato role add ${name}`, new RegExp(` ${name}$`)),
          line('kato restart'),
          line(`kato process list ${name}_gateway ${name}_node`, /RUNNING\n.*RUNNING$/),
          line('kato status', new RegExp(`${name} +READY`)),
        ],
      );
      it('"you should be able to see it as a useable service": the Cloud Controller has its token', async () => {
        const component = old ? 'cloud_controller' : 'cloud_controller_ng';
        assert.equal((await node.kato(`config get ${component} builtin_services/${name}/token`)).text, 'changeme');
      });
    });
  }
});
