package io.github.transfuse.settings;

import io.github.transfuse.engine.Device;
import io.github.transfuse.engine.Precision;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How values of a type are written.
 *
 * @param type of the values
 * @param reader of values in their normal spelling
 * @param writer such that the reader reads the same value
 */
record ValueForm<V>(Class<?> type, Function<String, V> reader, Function<V, String> writer) {
    static final ValueForm<String> TEXT = new ValueForm<>(String.class, text -> text, text -> text);
    static final ValueForm<Path> PATH = new ValueForm<>(Path.class, Path::of, Path::toString);
    static final ValueForm<Integer> WHOLE = new ValueForm<>(Integer.class, Integer::valueOf, Object::toString);
    static final ValueForm<Double> NUMBER = new ValueForm<>(Double.class, Double::valueOf, Numbers::text);
    static final ValueForm<Boolean> FLAG = new ValueForm<>(Boolean.class, Boolean::valueOf, Object::toString);
    static final ValueForm<Device> DEVICE = new ValueForm<>(Device.class, Device::of, Device::toString);
    static final ValueForm<Precision> PRECISION = new ValueForm<>(Precision.class, Precision::of, Precision::toString);

    /** Width, height and, for volumes, depth. */
    static final ValueForm<int[]> SIZE = new ValueForm<>(
            int[].class,
            text -> Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray(),
            size -> Arrays.stream(size).mapToObj(Integer::toString).collect(Collectors.joining("x")));

    /** Numbers of channels, from 1. */
    static final ValueForm<List<Integer>> CHANNELS = new ValueForm<>(
            List.class,
            text -> Arrays.stream(text.split(",")).map(Integer::valueOf).toList(),
            list -> list.stream().map(Object::toString).collect(Collectors.joining(",")));

    static final ValueForm<Ranges> RANGES =
            new ValueForm<>(Ranges.class, text -> Ranges.read(text).orElseThrow(), Ranges::toString);

    static final ValueForm<Set<String>> NAMES =
            new ValueForm<>(Set.class, text -> Set.of(text.split(",")), names -> String.join(",", names));
}
