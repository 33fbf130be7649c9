// The types of the package; `main` is the code that runs. They differ only in the clouds: here namespaces with
// types (`aws.DeaPoolProps`), there constructs loaded at first use.
export * as aws from './aws';
export * from './main';
export * as openstack from './openstack';
