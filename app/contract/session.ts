import { z } from 'zod';

/** A random pseudonym for one visit; says nothing about the person and dies with the session. */
export const sessionId = z.uuid();

export const endReason = z.enum(['finished', 'quick_exit', 'idle', 'broke', 'replaced', 'shutdown']);
export type EndReason = z.infer<typeof endReason>;

export const language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof language>;
