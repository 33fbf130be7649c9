/** The files of a new project by path, for a cluster name and this package's version. */
export function projectFiles(name: string, version: string): Readonly<Record<string, string>> {
  return {
    'cluster.yaml': cluster(name),
    'package.json': `${JSON.stringify(manifest(name, version), null, 2)}\n`,
    '.gitignore': 'node_modules/\ncdktf.out/\n.stackato/\n.terraform/\n*.tfstate\n*.tfstate.*\nplan.json\n',
    'README.md': readme(name),
    '.github/workflows/review.yaml': WORKFLOW,
  };
}

function manifest(name: string, version: string) {
  return {
    name: `${name}-cluster`,
    private: true,
    scripts: {
      check: 'cdktf-stackato check cluster.yaml',
      show: 'cdktf-stackato show cluster.yaml',
      synth: 'cdktf-stackato synth cluster.yaml',
    },
    dependencies: {
      '@aws-sdk/client-ec2': '3.1169.0',
      '@aws-sdk/client-rds': '3.1169.0',
      '@aws-sdk/client-secrets-manager': '3.1164.0',
      '@aws-sdk/credential-providers': '3.1169.0',
      '@cdktf/provider-aws': '20.1.0',
      cdktf: '0.21.0',
      'cdktf-stackato': version,
      constructs: '10.6.0',
    },
  };
}

const cluster = (name: string) => `\
# yaml-language-server: $schema=./node_modules/cdktf-stackato/schema/cluster.schema.json
# A Stackato cluster: one core, one node of data services, two DEAs, and MySQL on RDS.
# After every change: npx cdktf-stackato check cluster.yaml
name: ${name}                     # prefix of all resource names
hostname: paas.example.com         # the API is api.<hostname>, applications are <app>.<hostname>
version: "3.6"                     # of the image; decides the kato commands

admin:
  email: ops@example.com
  organization: Example
  password: { secret: admin-password }   # the name of a secret, never a value

# Without a licence key the cluster may use 4 GiB of memory; with one, say how much it allows.
license: { secret: license }
licenseGib: 40

core:
  size: large
  diskGib: 100                     # a separate volume for droplets

pools:
  data:
    roles:
      - data-services: { mysql: { database: apps } }   # mysql on the database below, the rest on the node
    size: large
    diskGib: 200                   # required: these roles keep data
  dea:
    roles: [dea]                   # runs the applications; keeps no data, so nodes may come and go
    count: 2
    size: large

databases:
  apps: { engine: mysql, version: "5.7", storageGib: 50 }

# Settings of kato, by component and key path.
kato:
  dea_ng: { resources/memory_max_percent: 85 }

clouds:
  aws:
    region: us-west-2
    zones: [us-west-2a, us-west-2b]    # nodes are spread over them
    image: ami-7d5fb21d                # replace by the AMI of your Stackato image
    keyName: ops                       # an EC2 key pair, for logins
    # sshFrom: [203.0.113.0/24]        # networks that may log in; default: none
`;

const readme = (name: string) => `\
# Cluster ${name}

\`cluster.yaml\` declares the cluster; everything else is derived from it.

    npm install
    npx cdktf-stackato check cluster.yaml       # is it valid?
    npx cdktf-stackato show cluster.yaml        # what it means: nodes, boot, firewall
    npx cdktf-stackato lab up                   # a practice cloud on this machine: no account, no cost
    npx cdktf-stackato deploy cluster.yaml --practice
    npx cdktf-stackato plan cluster.yaml        # your real AWS account; changes nothing
    npx cdktf-stackato deploy cluster.yaml      # plans, asks, applies

Create the secrets that \`show\` names before the first deployment; their values are never stored here.
Pull requests are reviewed by \`.github/workflows/review.yaml\`. \`npx cdktf-stackato help\` lists every verb.
`;

const WORKFLOW = `\
# Comments on a pull request with what the change means for nodes, roles and data. It never applies.
# It needs credentials that can read the account and the state.
name: review
on: pull_request
permissions:
  contents: read
  pull-requests: write
  id-token: write
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: { node-version: 20 }
      - uses: hashicorp/setup-terraform@v3
        with: { terraform_wrapper: false }
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: "\${{ vars.AWS_REVIEW_ROLE }}", aws-region: us-west-2 }
      - run: npm install
      - run: npx cdktf-stackato check cluster.yaml
      - run: npx cdktf-stackato plan cluster.yaml --plan-json plan.json
      - run: npx cdktf-stackato review --plan plan.json --format md --out review.md
      - if: \${{ !cancelled() && hashFiles('review.md') != '' }}
        run: gh pr comment "$NUMBER" --edit-last --body-file review.md || gh pr comment "$NUMBER" --body-file review.md
        env:
          GH_TOKEN: \${{ github.token }}
          NUMBER: \${{ github.event.number }}
`;
