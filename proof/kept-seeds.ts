import type { Level } from "./story/write-story.ts";

/**
 * Seeds that once found something, in the engine or in the model. Every test run plays them. A change of what
 * stories are made of gives a seed another story, so what it found also has a test of its own.
 */
export const KEPT_SEEDS: Readonly<Record<Level, readonly number[]>> = {
  memory: [
    5, 9, 11, 26, 35, 95, 105, 118, 148, 231, 239, 287, 288, 319, 338, 431, 594, 731, 975, 1130, 1252, 1845,
    1903, 1952, 2492, 2616, 2806, 3110, 3582, 3894, 4609, 9241, 9410, 9650, 9837, 10361, 10608, 10881, 30543,
    30946, 31978, 34957, 35075, 35758, 35914, 37119, 103102505, 191307364, 500006679, 500025763, 500031079,
    500037211, 500083796, 500102490, 500031226, 500047516, 500089184, 500093764, 500099918, 500110187,
    600000924, 700005351, 1700001544, 1700035988, 1720003037, 1740001833, 1740002925, 1740003242, 1760003040,
    1760003392, 1900007555,
  ],
  real: [17, 20, 27, 58, 107, 128, 150, 281, 431, 466, 110129999, 500001528, 1800000076],
  crowd: [],
};
