import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allCommands } from '../../lib/model/commands';
import { parse } from '../../lib/model/grammar';
import { KatoError } from '../../lib/model/session';
import { shellWords } from '../../lib/model/shell-words';
import { parseVersion } from '../../lib/model/version';

const versions = [
  ...['2.2', '2.4', '2.6', '2.8', '2.10.4', '2.10.6'],
  ...['3.0', '3.0.1', '3.2.1', '3.4.1', '3.4.2', '3.6', '3.6.2'],
];

/** Lines of kato by the first version that takes them and the first that does not any more; facts 2.2 to 2.7, row by row. */
const lines: Readonly<Record<string, readonly [since?: string, until?: string]>> = {
  // 2.2
  'setup core api.x.example': [undefined, '2.8'],
  'setup core': [undefined, '2.8'],
  'attach -e dea 10.0.0.9': [undefined, '2.8'],
  'attach -s 10.0.0.9': ['9'],
  'rename x.example': [undefined, '2.8'],
  'enable dea redis': [undefined, '2.8'],
  'enable --all-but dea,prealloc': [undefined, '2.8'],
  'disable mdns': [undefined, '2.8'],
  'config --json a b c': [undefined, '2.8'],
  'config a': [undefined, '2.8'],
  ready: [undefined, '2.8'],
  tail: [undefined, '2.8'],
  'drain add --option k=v a udp://x:1': ['2.6', '2.8'],
  'export --cluster x': [undefined, '2.8'],
  'import --cluster x': [undefined, '2.8'],
  'debug lsdoozer': [undefined, '2.8'],
  'admin grant a@b.c': [undefined, '3.0'],
  'remove 10.0.0.9': [undefined, '2.8'],
  'migrate 10.0.0.9 10.0.0.8': [undefined, '2.8'],
  // 2.3
  'node setup core api.x.example -v': ['2.8'],
  'node setup core': ['2.8'],
  'node setup micro -d -s -v dea redis': ['2.8'],
  'node setup load_balancer 10.0.0.9 10.0.0.8': ['2.8'],
  'node setup load_balancer --force': ['3.0'],
  'node setup firstuser a@b.c -p x': ['2.10.4'],
  'node setup firstuser -p x a@b.c Example': ['3.0'],
  'node setup firstuser -p x -u y -s z a@b.c Example': ['3.0'],
  'node setup firstuser --password x a@b.c': ['9'],
  'node attach -e dea,redis -s -v 10.0.0.9': ['2.8'],
  'node attach --enable dea --no-start 10.0.0.9': ['2.8'],
  'node attach -f 10.0.0.9': ['3.0'],
  'node detach -s -v': ['3.0'],
  'node remove 10.0.0.9': ['2.8'],
  'node remove 10.0.0.9 10.0.0.8': ['3.2.1'],
  'node remove -s 10.0.0.9': ['3.2.1'],
  'node remove --skip-detach 10.0.0.9': ['3.2.1'],
  'node retire': ['3.0'],
  'node retire -n 10.0.0.9': ['3.0'],
  'node reattach 10.0.0.9': ['3.4.1', '3.6'],
  'node migrate 10.0.0.9 10.0.0.8': ['2.8'],
  'node migrate 10.0.0.9 10.0.0.8 -r': ['3.0'],
  'node rename -s -r -v x.example': ['2.8'],
  'node rename --no-restart x.example': ['2.8'],
  'node rename -l x.example': ['3.0'],
  'node list': ['2.10.4'],
  'node list -j': ['3.0'],
  'node list -y': ['3.0'],
  'node availabilityzone': ['3.2.1'],
  'node availabilityzone -n 10.0.0.9 a': ['3.2.1'],
  'node placementzones add a -n 10.0.0.9': ['3.2.1'],
  'node placementzones list': ['3.2.1'],
  'node placementzones remove a': ['3.2.1'],
  'node placementzones': ['9'],
  'node update': ['3.2.1'],
  'node version': ['3.0'],
  'node version 10.0.0.9': ['3.0'],
  'node version -n 10.0.0.9': ['9'],
  'node upgrade --download-only --cache-ip 10.0.0.9 --update-kato --role-order a --version 3.6 --skip-confirmation': [
    '3.0',
  ],
  'node upgrade --resume --status --offline': ['3.0'],
  'node reset factory': ['2.10.4'],
  // 2.4
  'role add -v --node 10.0.0.9 --no-start dea': ['2.8'],
  'role add --all': ['2.8'],
  'role add --all-but dea prealloc': ['2.8'],
  'role add --only dea': ['2.8'],
  'role remove --node 10.0.0.9 dea': ['2.8'],
  'role remove --all-but dea': ['2.8'],
  'role remove --no-stop dea': ['2.10.4', '3.0'],
  'role info': ['3.0'],
  'role info dea router': ['3.0'],
  'start dea': [],
  'stop dea': [],
  'restart -v dea': [],
  'start -n 10.0.0.9': ['2.8'],
  'start -e': ['2.8'],
  'stop -a': ['2.10.4', '3.0'],
  'restart -a': ['2.10.4', '3.0'],
  'start -a': ['9'],
  'status -a -j': [],
  'status -y': [],
  'process list -n 10.0.0.9 -j dea_ng': ['2.8'],
  'process list -y': ['2.8'],
  'process list -a': ['2.8', '3.0'],
  'process list -c': ['3.0'],
  'process ready all': ['2.8'],
  'process ready -b 9 -n 10.0.0.9 dea_ng': ['2.8'],
  'process ready --block 9 all': ['2.8'],
  'process ready': ['9'],
  'process start -n 10.0.0.9 dea_ng': ['2.8'],
  'process stop dea_ng': ['2.8'],
  'process restart dea_ng': ['2.8'],
  'process restart -c dea_ng': ['3.0'],
  'license set': ['3.4.1'],
  'license set x': ['3.4.1'],
  'license enable': ['3.4.1'],
  'license disable': ['3.4.1'],
  // 2.5
  'config get -j': ['2.8'],
  'config get -y a b': ['2.8'],
  'config get -f a': ['2.8'],
  'config set -j --force a b c': ['2.8'],
  'config set --yaml a /': ['2.8'],
  'config set a b c d': ['9'],
  // before, `del` and `push` are read as names of components, which there are none of (the test of the grammar)
  'config del a b -v': [],
  'config push a b c': ['2.8'],
  'config push a b c -j': ['2.8'],
  'config pop a b c': ['2.8'],
  'config set --node 10.0.0.9 a b c': ['2.10.4', '3.0'],
  'config get --node 10.0.0.9 a b': ['2.10.4', '3.0'],
  'config del --node 10.0.0.9 a b': ['2.10.4', '3.0'],
  'config push --node 10.0.0.9 a b c': ['2.10.4', '3.0'],
  // 2.6
  'op static_ip': ['2.4'],
  'op static_ip --no-restart': ['3.0'],
  'op static_ip --interface=a --ip=b --netmask=c --gateway=d --dns-nameservers= --dns-search-domains= --restart-network':
    ['3.2.1'],
  'op defer version': ['2.10.4'],
  'op defer --reset': ['2.10.4'],
  'op defer version --run-as-root': ['2.10.4'],
  'op defer version --post-start': ['3.2.1'],
  'op run_deferred': ['2.10.4'],
  'op run_deferred --post-start': ['3.2.1'],
  'op upstream_proxy set 10.0.0.9:3128 -u a -p b': ['2.8'],
  'op upstream_proxy set 10.0.0.9:3128 --no-proxy a': ['3.4.1'],
  'op upstream_proxy delete': ['2.8'],
  'op set_timezone --timezone UTC': ['3.0'],
  'op regenerate all --no-prompt --no-restart': ['3.0'],
  'op custom_ssl_cert install a b c --wildcard-subdomains --update': ['3.0'],
  'op custom_ssl_cert remove c': ['3.0'],
  'op custom_ssl_cert list': ['3.0'],
  'op generate_service_tokens': ['3.0'],
  'op import_from_yaml_file a': ['3.0'],
  'op import_from_yaml_files a b': ['3.0'],
  // 2.7
  'data export --cluster x': ['2.8'],
  'data export --only-this-node': ['2.8'],
  'data export --manual': ['2.8'],
  'data import --cluster x': ['2.8'],
  'data export --cluster --resources --exclude-mysql x': ['2.8'],
  'data export --cluster --exclude-rabbit3 x': ['3.0'],
  'data import --cluster --db-encryption-key x': ['3.0'],
  'export --cluster --exclude-mysql x': ['9'],
  'data repair routes -n -y': ['3.4.1'],
  'data repair_routes': ['3.0', '3.4.1'],
  'log drain add -f json -p systail a udp://x:1 k=v': ['2.8'],
  'log drain delete a': ['2.8'],
  'log drain list -j': ['2.8'],
  'log drain status -n -j': ['3.0'],
  'log tail dea': ['2.8'],
  'log stream dea': ['3.0'],
  'relocate services /mnt': ['2.4'],
  'relocate droplets /mnt': ['2.4'],
  'relocate containers /mnt': ['2.4'],
  'patch status --local -n 10.0.0.9': ['3.0'],
  'patch install --only-this-node --no-restart': ['2.10.6', '3.0'],
  'patch reset': ['2.10.6'],
  'patch update': ['2.10.6'],
  'patch mark a': ['2.10.6'],
  'patch reinstall a': ['2.10.6'],
  'patch revert a': ['2.10.6'],
  'inspect all': [],
  'inspect group network': [],
  'inspect tests sudo': [],
  'inspect list': [],
  'report -n 10.0.0.9': [],
  'report -a': ['2.10.4', '3.0'],
  'report -c': ['3.0'],
  history: ['2.6'],
  version: [],
  shell: [],
  'debug configwatch -d -s dea_ng': ['3.0'],
  'debug redis': ['3.0'],
  // 1.5
  'info -n 10.0.0.9': [],
  'info --json': ['2.10.4'],
  'info --yaml': ['2.10.4'],
};

describe('the commands of the facts, version by version', () => {
  const commands = allCommands();
  const place = (version: string) => (version === '9' ? versions.length : versions.indexOf(version));
  for (const [line, [since = '2.2', until = '9']] of Object.entries(lines)) {
    it(`kato ${line}`, () => {
      const taken = versions.filter((version) => {
        try {
          parse(commands, parseVersion(version), shellWords(line));
          return true;
        } catch (error) {
          assert.ok(error instanceof KatoError);
          return false;
        }
      });
      assert.deepEqual(taken, versions.slice(place(since), place(until)));
    });
  }
  it('are all there', () => {
    const words = Object.keys(lines);
    const missing = commands.filter(
      (command) => !words.some((line) => line === command.words || line.startsWith(`${command.words} `)),
    );
    assert.deepEqual(
      missing.map((command) => command.words).sort(),
      ['op dhcp', 'op max_client_upload', 'op remap_hosts', 'op update_hostsfile'],
      'those alone whose versions the facts do not name',
    );
  });
});
