/** A job as `lpstat -l` tells of it. */
interface ListedJob {
  name: string;
  /** Keywords of its state, such as `job-completed-successfully` (RFC 8011, job-state-reasons). */
  alerts: string;
}

/** The jobs in the output of `lpstat -l -o`: a line each, and indented lines about it. */
export function jobsIn(said: string): ListedJob[] {
  return said.split(/\n(?=\S)/).flatMap((block) => {
    const name = /^\S+-\d+(?=\s)/.exec(block)?.[0];
    return name === undefined ? [] : [{ name, alerts: /\n\s+Alerts: (.*)/.exec(block)?.[1] ?? '' }];
  });
}

/** A queue as `lpstat -p` tells of it. */
export interface ListedQueue {
  name: string;
  stopped: boolean;
}

/** The queues in the output of `lpstat -p`. */
export function queuesIn(said: string): ListedQueue[] {
  return said.split('\n').flatMap((line) => {
    const name = /^printer (\S+) /.exec(line)?.[1];
    return name === undefined ? [] : [{ name, stopped: / disabled since /.test(line) }];
  });
}
