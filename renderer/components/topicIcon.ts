import {
  Ambulance,
  Bandage,
  Car,
  Gavel,
  HandCoins,
  HandHelping,
  HardHat,
  Heart,
  House,
  Layers,
  MapPinned,
  ScrollText,
  ShieldAlert,
  ShoppingBag,
  Stamp,
  TrainFront,
  type LucideIcon,
} from 'lucide-react';

/** The picture beside a shelf's name; a shelf added later has the plain one until it gets its own. */
const icons: Readonly<Record<string, LucideIcon>> = {
  labour: HardHat,
  'work-injury': Bandage,
  traffic: Car,
  family: Heart,
  inheritance: ScrollText,
  lending: HandCoins,
  housing: House,
  consumer: ShoppingBag,
  land: MapPinned,
  fraud: ShieldAlert,
  injury: Ambulance,
  'legal-aid': HandHelping,
  notary: Stamp,
  mediation: Gavel,
  station: TrainFront,
};

export const topicIcon = (topic: string): LucideIcon => icons[topic] ?? Layers;
