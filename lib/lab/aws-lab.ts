import { join, resolve } from 'node:path';
import { writeWhole } from '../base/file';
import { ToolError } from '../base/input';
import { type LabEnvironment, labEnvironment } from '../cloud-api/environment';
import { asset } from './assets';
import { answers, type Daemon, daemonOf, memoryMib, portFree, startDaemon, stopDaemon } from './daemon';
import type { FaultRule, FaultState } from './fault-proxy';
import { labPython } from './python';

export interface AwsLabOptions {
  /** Folder for process records, logs and Terraform's CLI configuration. @default `.stackato/lab-aws` in the working directory */
  readonly stateDir?: string;
  /** Port of the AWS API, on loopback; the fault proxy uses the next one. @default STACKATO_LAB_PORT, or 5100 */
  readonly port?: number;
  /** Whether `up` also starts the proxy that injects faults. @default false */
  readonly faults?: boolean;
  /** Text of Terraform's CLI configuration (a provider mirror). @default none: Terraform's own rules apply */
  readonly cliConfig?: string;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
}

/** The practice cloud: AWS's API on this machine (moto), without account and cost. */
export interface AwsLab {
  /**
   * Starts what is not running and waits until it answers.
   * @throws ToolError when it does not start
   */
  up(report: (text: string) => void, signal?: AbortSignal): Promise<LabStatus>;
  /**
   * Stops exactly what `up` started; returns whether anything was running.
   * @throws ToolError when a process does not end
   */
  down(): Promise<boolean>;
  /**
   * Deletes all resources and faults, without a restart.
   * @throws ToolError when it is not up
   */
  reset(): Promise<void>;
  status(): LabStatus;
  /**
   * Environment variables that send AWS calls to it.
   * @throws ToolError when it is not up
   */
  env(): LabEnvironment;
  /**
   * Replaces all fault rules, or only reads them and their hits.
   * @throws ToolError when there is no fault proxy
   */
  faults(rules?: readonly FaultRule[]): Promise<FaultState>;
}

export interface LabStatus {
  readonly up: boolean;
  /** Endpoint for AWS calls: the fault proxy, if it runs. */
  readonly endpoint?: string;
  readonly pid?: number;
  readonly memoryMib?: number;
  readonly faultProxy: boolean;
}

const DEFAULT_PORT = 5100;
const READY_SECONDS = 30;
const UP = 'cdktf-stackato lab up';

/**
 * Describes a practice cloud; nothing runs before `up`.
 * @throws ToolError when the port is not valid
 */
export function awsLab(options: AwsLabOptions = {}): AwsLab {
  const env = options.env ?? process.env;
  const stateDir = resolve(options.stateDir ?? join('.stackato', 'lab-aws'));
  const wanted = options.port ?? portFrom(env['STACKATO_LAB_PORT']);
  const configFile = join(stateDir, 'terraform.rc');
  const moto = () => daemonOf(stateDir, 'moto');
  const proxy = () => daemonOf(stateDir, 'fault-proxy');

  const status = (): LabStatus => {
    const server = moto();
    const front = proxy();
    if (!server) return { up: false, faultProxy: front !== undefined };
    return {
      up: true,
      endpoint: url((front ?? server).port),
      pid: server.pid,
      memoryMib: memoryMib(server.pid),
      faultProxy: front !== undefined,
    };
  };

  return {
    status,
    async up(report, signal) {
      const running = moto();
      refuseOtherPort(running?.port, wanted);
      const port = running?.port ?? wanted ?? DEFAULT_PORT;
      const start: Start = { stateDir, port, env, report, signal };
      const proxied = options.faults === true && !proxy();
      // both ports first, so that a refusal leaves nothing behind
      if (proxied) await refuseTaken(port + 1);
      if (!running) await startMoto(start);
      if (proxied) {
        await startProxy(start).catch(async (error: unknown) => {
          if (!running) await stopDaemon(stateDir, 'moto');
          throw error;
        });
      }
      return status();
    },
    async down() {
      const front = await stopDaemon(stateDir, 'fault-proxy');
      const server = await stopDaemon(stateDir, 'moto');
      return front || server;
    },
    async reset() {
      await call(url(needed(moto()).port), '/moto-api/reset', { method: 'POST' });
      const front = proxy();
      if (front) await call(url(front.port), '/__faults', { method: 'DELETE' });
    },
    env() {
      const endpoint = url((proxy() ?? needed(moto())).port);
      needed(moto());
      // at every call: a mirror may be new since `up`, or given for this call only
      if (options.cliConfig !== undefined) writeWhole(configFile, options.cliConfig);
      return labEnvironment(endpoint, env, options.cliConfig === undefined ? undefined : configFile);
    },
    async faults(rules) {
      const front = proxy();
      if (!front) throw new ToolError('the fault proxy is not running', `${UP} --faults`);
      const request = rules ? { method: 'POST', body: JSON.stringify({ rules }) } : { method: 'GET' };
      return (await (await call(url(front.port), '/__faults', request)).json()) as FaultState;
    },
  };
}

/** How a practice cloud is started. */
interface Start {
  readonly stateDir: string;
  /** The cloud's own port; the fault proxy uses the next. */
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
  readonly report: (text: string) => void;
  readonly signal: AbortSignal | undefined;
}

async function startMoto({ stateDir, port, env, report, signal }: Start): Promise<void> {
  const python = await labPython(env, report, signal);
  await refuseTaken(port);
  report(`starting on ${url(port)}`);
  await startDaemon(
    {
      name: 'moto',
      stateDir,
      command: [python, asset('moto_plus.py'), '-H', '127.0.0.1', '-p', String(port)],
      port,
      readyUrl: `${url(port)}/moto-api/data.json`,
      limitSeconds: READY_SECONDS,
      env: {
        ...env,
        MOTO_ACM_VALIDATION_WAIT: '1',
        MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
        MOTO_AMIS_PATH: asset('amis.json'),
        // Image ids are not checked: the product's are gone from AWS, and an operator's is unknown here.
        // Key pairs and instance types are checked: practice should find typos there.
        MOTO_ENABLE_KEYPAIR_VALIDATION: '1',
        MOTO_EC2_ENABLE_INSTANCE_TYPE_VALIDATION: '1',
      },
    },
    signal,
  );
}

async function startProxy({ stateDir, port, env, report, signal }: Start): Promise<void> {
  await refuseTaken(port + 1);
  report(`starting the fault proxy on ${url(port + 1)}`);
  await startDaemon(
    {
      name: 'fault-proxy',
      stateDir,
      command: [process.execPath, join(__dirname, 'fault-proxy.js'), String(port + 1), String(port)],
      port: port + 1,
      readyUrl: `${url(port + 1)}/__faults`,
      limitSeconds: READY_SECONDS,
      env,
    },
    signal,
  );
}

function refuseOtherPort(running: number | undefined, wanted: number | undefined): void {
  if (running === undefined || wanted === undefined || running === wanted) return;
  throw new ToolError(
    `the practice cloud already runs on port ${running}, not ${wanted}`,
    `cdktf-stackato lab down, then ${UP} --port ${wanted}`,
  );
}

async function refuseTaken(port: number): Promise<void> {
  if (await portFree(port)) return;
  const who = (await answers(`${url(port)}/moto-api/data.json`)) ? 'another practice cloud' : 'another program';
  throw new ToolError(
    `port ${port} is in use by ${who}; nothing was started`,
    `${UP} --port NUMBER (or STACKATO_LAB_PORT=NUMBER), for example ${port + 10}`,
  );
}

function needed(daemon: Daemon | undefined): Daemon {
  if (!daemon) throw new ToolError('the practice cloud is not up', UP);
  return daemon;
}

async function call(base: string, path: string, request: RequestInit): Promise<Response> {
  try {
    const response = await fetch(`${base}${path}`, { ...request, signal: AbortSignal.timeout(10_000) });
    if (response.ok) return response;
    throw new Error(`${response.status} ${await response.text()}`);
  } catch (error) {
    throw new ToolError(`the practice cloud does not answer ${request.method} ${path}`, undefined, String(error));
  }
}

function portFrom(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_535) return port;
  throw new ToolError(`STACKATO_LAB_PORT is ${JSON.stringify(text)}; write a port number below 65535`);
}

/** `localhost`, not an address: S3's host names are made from it. moto listens on 127.0.0.1 alone. */
function url(port: number): string {
  return `http://localhost:${port}`;
}
