import { isObject, type JsonObject, object, texts } from '../../base/json';

/** The resources that an attribute is computed from, by configuration address (no instance keys). */
export interface Configuration {
  /** Addresses of resources and data sources behind one attribute, through modules and variables. */
  references(address: string, attribute: string): readonly string[];
  /** The same for all attributes of the resource. */
  allReferences(address: string): readonly string[];
  /** Attributes that the resource's configuration sets; undefined if the plan does not hold its configuration. */
  attributes(address: string): ReadonlySet<string> | undefined;
}

interface Module {
  readonly prefix: string;
  readonly body: JsonObject;
  readonly parent?: Module;
  /** Its call in the parent. */
  readonly call?: JsonObject;
}

/** `module.a["x"].aws_instance.dea["dea-1"]` → `module.a.aws_instance.dea`. */
export function configAddress(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, '');
}

/** Indexes the plan's `configuration` by address; foreign or missing configuration gives no references. */
export function readConfiguration(value: unknown): Configuration {
  const resources = new Map<string, { module: Module; expressions: JsonObject }>();
  const visit = (module: Module) => {
    for (const entry of Object.values(module.body['resources'] ?? [])) {
      const resource = object(entry);
      const address = `${module.prefix}${configAddress(String(resource['address'] ?? ''))}`;
      const expressions = object(resource['expressions']);
      resources.set(address, {
        module,
        expressions: {
          ...expressions,
          '(for_each)': resource['for_each_expression'],
          '(count)': resource['count_expression'],
        },
      });
    }
    for (const [name, call] of Object.entries(object(module.body['module_calls']))) {
      visit(childOf(module, name, object(call)));
    }
  };
  visit({ prefix: '', body: object(object(value)['root_module']) });

  return {
    references(address, attribute) {
      const found = resources.get(address);
      return found ? resolve(referencesIn(found.expressions[attribute]), found.module, new Set()) : [];
    },
    attributes(address) {
      const found = resources.get(address);
      return found && new Set(Object.keys(found.expressions));
    },
    allReferences(address) {
      const found = resources.get(address);
      return found ? resolve(referencesIn(found.expressions), found.module, new Set()) : [];
    },
  };
}

function childOf(parent: Module, name: string, call: JsonObject): Module {
  return { prefix: `${parent.prefix}module.${name}.`, body: object(call['module']), parent, call };
}

/** Every `references` list anywhere below an expression: blocks nest. */
function referencesIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (!isObject(expression)) return [];
  if (Array.isArray(expression['references'])) return texts(expression['references']);
  return Object.entries(expression).flatMap(([key, value]) => (key === 'constant_value' ? [] : referencesIn(value)));
}

/** References as addresses of resources: through `var.x` to the caller, through `module.x.y` to the module's output. */
function resolve(references: readonly string[], module: Module, seen: Set<string>): string[] {
  const found = new Set<string>();
  for (const reference of references) {
    const [head = '', second = '', third = ''] = configAddress(reference).split('.');
    const step = `${module.prefix}|${head}.${second}.${head === 'module' ? third : ''}`;
    if (head === 'var' && module.parent) {
      if (seen.has(step)) continue;
      seen.add(step);
      const argument = object(module.call?.['expressions'])[second];
      for (const address of resolve(referencesIn(argument), module.parent, seen)) found.add(address);
    } else if (head === 'module') {
      if (seen.has(step) || third === '') continue;
      seen.add(step);
      const call = object(object(module.body['module_calls'])[second]);
      const child = childOf(module, second, call);
      const output = object(object(child.body['outputs'])[third]);
      for (const address of resolve(referencesIn(output['expression']), child, seen)) found.add(address);
    } else if (head === 'data' && third !== '') {
      found.add(`${module.prefix}data.${second}.${third}`);
    } else if (second !== '' && !['var', 'local', 'each', 'count', 'path', 'terraform', 'self'].includes(head)) {
      found.add(`${module.prefix}${head}.${second}`);
    }
  }
  return [...found];
}
