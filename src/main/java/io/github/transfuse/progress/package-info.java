/**
 * How far a long task is, whether it is still wanted, and threads that help with it; for every room and host.
 *
 * <p>Start reading at {@link io.github.transfuse.progress.Progress}. {@link io.github.transfuse.progress.PartProgress} tells
 * of a part as part of the whole; {@link io.github.transfuse.progress.HelperThreads} end with their work. Data in: tasks.
 * Data out: what they are done to, and their results.
 */
package io.github.transfuse.progress;
