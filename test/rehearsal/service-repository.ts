import type { ModelNode } from '../model/node';

/**
 * A stand-in for the repositories that seed 002 clones: the two files of configuration that it speaks of, and scripts that do what
 * it says of them in words, with the commands of the facts (10.3, 2.x; H).
 */
export function cloneRepository(node: ModelNode, name: string, folder: string): void {
  const tags = name === 'elasticsearch' ? ['elasticsearch', 'bonsai cool'] : [name];
  const words =
    name === 'elasticsearch' ? 'Elasticsearch full-text searching and indexing' : 'Echo key-value store service';
  const files: Readonly<Record<string, string>> = {
    [`config/${name}_gateway.yml`]: `---
cloud_controller_uri: api.stackato.local
service:
  name: ${name}
  version: "1.0"
  description: '${words}' # shown by the client
  plans: ['free']
  tags: [${tags.map((tag) => `'${tag}'`).join(', ')}]
ip_route: 127.0.0.1
index: 1
token: "changeme"
`,
    [`config/${name}_node.yml`]: `---
plan: free
capacity: 200
port: 9200
base_dir: /var/vcap/services/${name}
index: 1
`,
    [`scripts/install-${name}.sh`]: `#!/bin/sh
mkdir -p "$S/../opt/${name}" && echo "${name} installed"
`,
    'scripts/bootstrap.sh': `#!/bin/sh
# service code, supervisord, kato, Doozer, token, role, restart
set -e
etc=$S/etc
kato stop
stop-supervisord
mkdir -p "$S/vcap/services/${name}" "$etc/supervisord.conf.d" "$etc/kato"
cp -r config "$S/vcap/services/${name}/"
for part in node gateway; do
  echo "[program:${name}_$part]" >"$etc/supervisord.conf.d/${name}_$part"
  printf '%s_%s:\\n  config_origin: doozer\\n' ${name} $part >>"$etc/kato/processes.yml"
done
printf '%s:\\n  processes:\\n    - %s_node\\n    - %s_gateway\\n' ${name} ${name} ${name} >>"$etc/kato/roles.yml"
start-supervisord
until kato process ready doozerd | grep -q '^ready'; do sleep 0.1; done
for part in node gateway; do kato config set ${name}_$part / --yaml <config/${name}_$part.yml; done
kato config set cloud_controller builtin_services/${name} '{"token":"changeme"}' --json
kato role add ${name}
kato restart
`,
  };
  for (const [path, text] of Object.entries(files))
    node.put(`${folder}/${path}`, text, path.endsWith('.sh') ? 0o755 : 0o644);
}
