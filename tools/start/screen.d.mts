export declare function hasDisplay(): boolean;
export declare function electronCommand(root: string): { command: string; args: string[] } | undefined;
export declare function browserCommand(
  home: string,
  link: string,
): { command: string; args: string[] } | undefined;
