package io.github.transfuse.engine;

import java.util.List;

/**
 * How a network was opened; part of the provenance of every result.
 *
 * @param device where it computes
 * @param precision in which number format; never AUTO
 * @param notes sentences about choices and fallbacks, such as why float32 was used
 */
public record NetworkInfo(Device device, Precision precision, List<String> notes) {}
