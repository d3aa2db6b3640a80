/** Greetings, pleas and questions that say nothing of what happened. */
const SAYS_NOTHING =
  /^(?:你好|您好|大家好|早上好|有(?:没有)?人(?:在)?吗?|在(?:不在|吗)|帮(?:帮|下|一下)?(?:我|忙)(?:一下|吧)?|帮个忙|求(?:求|助|帮忙)(?:你|您|了)?|救(?:救我|命)|急|请问|(?:那|现在|我|我们|这|这个|这种情况|遇到这种事|到底)?(?:应该|该|要)?(?:怎么|咋个?|咋|如何)(?:办|弄|整|处理|解决)(?:才好)?|(?:我)?(?:就)?(?:想|要|有)(?:个)?(?:问|咨询|请教|问题|事情?|话)(?:一下|下|你|您|问|说|想问)*|问(?:你|您)?(?:一下|下|个)?(?:问题|事情?|话)?|(?:有)?(?:法律|个)(?:上)?(?:的)?(?:问题|事情?|咨询|求助)|咨询|问题|说话|听(?:得)?(?:见|到)吗|试(?:一?试|一下)|谢谢(?:你|您)?|可以吗|行吗|好吗|吗|呢|了|啊)+$/u;

/** Longer texts tell something; and the pattern, which reads a repeated word in many ways, never meets them. */
const LONGEST_BARE = 20;

/** Whether a normalised text asks for help without a word of what it is about: then the kiosk asks what happened. */
export const isBare = (text: string): boolean => text.length <= LONGEST_BARE && SAYS_NOTHING.test(text);
