package io.github.transfuse.torch;

/** Loads the engine in a process of its own. */
final class NativeCacheProbe {
    private NativeCacheProbe() {}

    public static void main(String[] args) {
        System.out.println(new TorchEngine().devices().size() + " devices");
    }
}
