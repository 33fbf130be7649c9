import { Instance } from '@cdktf/provider-aws/lib/instance';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack } from 'cdktf';

// DEAs without our library, as many as the first argument says: one resource each.

const app = new App({ outdir: process.env['CDKTF_OUTDIR'] ?? 'cdktf.out' });
const stack = new TerraformStack(app, 'raw-deas');
new AwsProvider(stack, 'aws', { region: 'us-west-2' });
for (let i = 1; i <= Number(process.argv[2]); i++) {
  const tags = { 'stackato:cluster': 'mvp', Name: `mvp-dea-${i}` };
  new Instance(stack, `dea-${i}`, {
    ami: 'ami-7d5fb21d',
    instanceType: 'm3.large',
    userDataBase64: Buffer.from('#!/bin/sh\nexec kato node attach 10.0.0.10\n').toString('base64'),
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'optional', httpPutResponseHopLimit: 1 },
    rootBlockDevice: { volumeSize: 40, volumeType: 'gp3', encrypted: true, tags },
    subnetId: 'subnet-0123456789abcdef0',
    vpcSecurityGroupIds: ['sg-0123456789abcdef0'],
    keyName: 'ops',
    tags,
  });
}
app.synth();
