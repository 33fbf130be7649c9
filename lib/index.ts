// The types of the package; `main` is what runs. They differ in the clouds only, here namespaces with
// their types (`aws.DeaPoolProps`), there loaded on first use.
export * as aws from './aws';
export * from './main';
export * as openstack from './openstack';
