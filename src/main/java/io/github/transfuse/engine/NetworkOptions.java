package io.github.transfuse.engine;

/**
 * How to open a network.
 *
 * @param device where it computes; a device named explicitly is used or refused, never replaced
 * @param precision in which number format
 * @param threads threads an operation may use; 0: as many as there are cores
 * @param plain whether to run the network as trained (float32, NCHW, nothing folded or fused): the baseline of the
 *     benchmarks and the form that golden numbers are checked against
 */
public record NetworkOptions(Device device, Precision precision, int threads, boolean plain) {

    /** System property: threads of a network, at most, wherever nothing else is said; {@code --threads} sets it. */
    public static final String THREADS = "transfuse.threads";

    /** The best device and precision. */
    public static final NetworkOptions AUTO = new NetworkOptions(Device.AUTO, Precision.AUTO, 0, false);

    /** The same with another number of threads. */
    public NetworkOptions withThreads(int count) {
        return new NetworkOptions(device, precision, count, plain);
    }
}
