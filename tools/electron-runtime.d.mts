export declare const testRuntime: { version: string; folder: string };
export declare function fetchedTestRuntime(): string | undefined;
export declare function installedElectron(): string | undefined;
export declare function fetchTestRuntime(): string;
