package io.github.transfuse.engine;

/**
 * Versions of the native side, for provenance.
 *
 * @param libtorch version of libtorch
 * @param javacpp version of JavaCPP
 * @param platform such as linux-x86_64
 * @param threads threads that one operation uses
 */
public record EngineInfo(String libtorch, String javacpp, String platform, int threads) {}
