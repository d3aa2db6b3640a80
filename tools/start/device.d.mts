export interface DevelopmentDevice {
  printer?: string | undefined;
  cardReader?: string | undefined;
  hub?: string | undefined;
  isLandscape?: boolean;
}
export declare function writeDevelopmentDevice(home: string, device: DevelopmentDevice): void;
