// The types of the package; `main` is what runs. They differ in `aws` only, here a namespace with its types
// (`aws.DeaPoolProps`), there loaded on first use.
export * as aws from './aws';
export * from './main';
