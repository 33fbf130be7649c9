import { didYouMean } from '../base/input';
import type { Known } from './known';
import { expressionsIn, withoutText } from './references';

/** Problems in the expressions of a text, apart from references to resources: unknown names and functions. */
export function badNames(known: Known, text: string): readonly string[] {
  return expressionsIn(text).flatMap((expression) => {
    const bare = withoutText(expression);
    const names = [...bare.matchAll(NAME)].flatMap(([whole, kind, name]) => badName(known, whole, kind!, name!));
    const functions = [...bare.matchAll(CALL)].flatMap(([, name]) =>
      FUNCTIONS.has(name!) ? [] : [`calls ${name}(), which Terraform does not have${didYouMean(name!, FUNCTIONS)}`],
    );
    const open = unbalanced(expression);
    return [...names, ...functions, ...(open ? [`has an expression with ${open}`] : [])];
  });
}

const NAME = /(?<![\w."\]-])(each|count|self|local|var|module|path|terraform)\.([A-Za-z_][\w-]*)/g;
const CALL = /(?<![\w.:"-])(?!(?:for|in|if)\s*\()([A-Za-z]\w*)\s*\(/g;

/** The existing names of each kind. */
function badName({ document, scope }: Known, whole: string, kind: string, name: string): string[] {
  const given = (section: unknown): string[] =>
    Object.keys(Object.assign({}, ...(Array.isArray(section) ? (section as object[]) : [section ?? {}])) as object);
  const there: Readonly<Record<string, readonly string[]>> = {
    each: scope?.each ? ['key', 'value'] : [],
    count: scope?.count ? ['index'] : [],
    self: scope?.self ? [name] : [],
    local: given(document.locals),
    var: given(document.variable),
    module: given(document.module),
    path: ['module', 'root', 'cwd'],
    terraform: ['workspace', 'applying'],
  };
  const known = there[kind]!;
  if (known.includes(name)) return [];
  const without = { each: 'for_each', count: 'count' }[kind];
  if (without && known.length === 0) return [`refers to ${whole}, but has no ${without}`];
  return [`refers to ${whole}, which does not exist${didYouMean(name, known)}`];
}

/** A missing or superfluous bracket, outside of quoted text. */
function unbalanced(expression: string): string | undefined {
  const pairs: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
  const open: string[] = [];
  const signs = expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').replaceAll(/[^()[\]{}]/g, '');
  for (const sign of signs) {
    if (!(sign in pairs)) open.push(sign);
    else if (open.pop() !== pairs[sign]) return `a "${sign}" too many`;
  }
  return open.length ? `a "${open[0]}" that is not closed` : undefined;
}

/** Of Terraform 1.11 and OpenTofu 1.9. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `abs abspath alltrue anytrue base64decode base64encode base64gunzip base64gzip base64sha256 base64sha512 basename bcrypt can
  ceil chomp chunklist cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains
  csvdecode dirname distinct element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512 fileexists
  filemd5 fileset filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent index issensitive join
  jsondecode jsonencode keys length log lookup lower matchkeys max md5 merge min nonsensitive one parseint pathexpand
  plantimestamp pow range regex regexall replace reverse rsadecrypt sensitive setintersection setproduct setsubtract setunion
  sha1 sha256 sha512 signum slice sort split startswith strcontains strrev substr sum templatefile templatestring
  textdecodebase64 textencodebase64 timeadd timecmp timestamp title tobool tolist tomap tonumber toset tostring transpose trim
  trimprefix trimspace trimsuffix try upper urldecode urlencode uuid uuidv5 values yamldecode yamlencode zipmap`.split(
    /\s+/,
  ),
);
