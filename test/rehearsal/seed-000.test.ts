import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type ModelNode, modelNode } from '../model/node';
import { until } from '../until';
import { line, session } from './seed';

// Seed 000, "External Data Services" (3.6): wiring mysql and postgresql to databases outside. Where the page leaves a
// value out (`mysql/host`), kato reads it from STDIN (facts 2.5, H); here the address of a database that listens.
const host = '127.0.0.3';
const rds = 'apps.c0ffee.us-west-2.rds.amazonaws.com';

describe('seed 000: external data services', () => {
  let node: ModelNode;
  const databases: Server[] = [];
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      const server = createServer((socket) => socket.end());
      databases.push(server);
      server.once('error', reject).listen(port, host, resolve);
    });
  const roleIs = (role: string, state: RegExp) =>
    until(`${role} is ${state}`, async () => {
      const status = (await node.kato('status')).text;
      return state.test(status.split('\n').find((text) => text.trim().startsWith(`${role} `)) ?? '');
    });
  before(async () => {
    node = modelNode('3.6');
    node.boot();
    await Promise.all([node.ready(), listen(3306), listen(5432)]);
  });
  after(async () => {
    for (const server of databases) server.close();
    await node.remove();
  });

  describe('MySQL: "change the configuration for mysql_node in Stackato"', () => {
    session(
      () => node,
      [
        line('kato config set mysql_node mysql/host', undefined, `${host}\n`),
        line('kato config set mysql_node mysql/pass yourpassword'),
        line('kato config set mysql_node mysql/port 3306'),
        line('kato config set mysql_node mysql/user root'),
        line('kato config set mysql_gateway external_datastore true'),
      ],
    );
    it('is not used before "Once these have been set, restart mysql"', async () => {
      assert.doesNotMatch(node.read('/home/stackato/stackato/logs/mysql_node.log'), /RUNNING\n.*RUNNING/);
    });
    session(() => node, [line('kato restart mysql')]);
    it('uses the database', async () => {
      await roleIs('mysql', /READY/);
      assert.equal(
        (await node.kato('config get mysql_node mysql')).text,
        `host: ${host}\nport: 3306\nuser: root\npass: yourpassword`,
      );
    });
  });

  describe('"test the database connection directly with the appropriate client"', () => {
    session(
      () => node,
      [
        // The page lost the host here too.
        line('mysql -u stackato -p mypassword -h', /^mysql> $/, host),
        // "If the basic client connection works, test database creation"
        line('stackato create-service mysql', /^Creating Service \[mysql-[0-9a-f]{5}\]: OK$/),
      ],
    );
    it('creates no service where mysql_node does not run', async () => {
      await node.kato('process stop mysql_node');
      const { code, text } = await node.stackato('create-service mysql');
      assert.match(text, /^Creating Service \[mysql-[0-9a-f]{5}\]: Error: no mysql_node runs$/);
      assert.equal(code, 1);
      await node.kato('process start mysql_node');
    });
  });

  describe('"Amazon RDS for MySQL"', () => {
    session(
      () => node,
      [
        line(`kato config set mysql_node mysql/host ${rds}`),
        line('kato config set mysql_node mysql/user rdsadmin'),
        line('kato config set mysql_node mysql/pass rdspassword'),
        line('kato config set mysql_node mysql/port 3306'),
        line('kato config set mysql_gateway external_datastore true'),
      ],
    );
    it('needs the option that the page sets next', async () => {
      await node.kato('restart mysql');
      await roleIs('mysql', /FATAL .*aws_rds_compat is not true/);
    });
    session(() => node, [line('kato config set mysql_node aws_rds_compat true'), line('kato restart mysql')]);
    it('goes on to connect', () =>
      roleIs('mysql', /FATAL .*cannot connect to apps\.c0ffee.*3306: name or service not known/));
  });

  describe('PostgreSQL: "change the configuration for postgresql_node"', () => {
    session(
      () => node,
      [
        line('kato config set postgresql_node postgresql/host', undefined, `${host}\n`),
        line('kato config set postgresql_node postgresql/pass yourpassword'),
        line('kato config set postgresql_node postgresql/port 5432'),
        line('kato config set postgresql_node postgresql/user postgres'),
        line('kato config set postgresql_gateway external_datastore true'),
        // "Once these have been set, restart the postgresql_node process"
        line('kato process restart postgresql_node'),
      ],
    );
    it('uses the database', () => roleIs('postgresql', /READY/));
    it('notices a database that is gone, at the next restart', async () => {
      await new Promise((resolve) => databases[1]!.close(resolve));
      await node.kato('process restart postgresql_node');
      await roleIs('postgresql', /FATAL .*cannot connect to 127\.0\.0\.3:5432: connection refused/);
    });
    // "Logs from Helion Stackato can be viewed with kato log tail"
    session(
      () => node,
      [line('kato log tail postgresql_node', /^postgresql_node@.*FATAL cannot connect to 127\.0\.0\.3:5432/m)],
    );
  });
});
