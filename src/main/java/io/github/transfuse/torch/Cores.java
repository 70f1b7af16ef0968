package io.github.transfuse.torch;

import io.github.transfuse.engine.NetworkOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many threads an operation may use: as many as the cores that Java sees, which are those of a container's quota and of
 * the cores that a scheduler binds a job to; fewer where the variables of OpenMP or of the scheduler Slurm say so, or the
 * property {@value NetworkOptions#THREADS}, which {@code --threads} sets.
 *
 * @param environment variables, and the property under its own name
 * @param seen cores that Java sees
 */
record Cores(Map<String, String> environment, int seen) {
    private static final List<String> VARIABLES =
            List.of("OMP_NUM_THREADS", "SLURM_CPUS_PER_TASK", NetworkOptions.THREADS);

    /** Of this process. */
    static int count() {
        Map<String, String> said = new HashMap<>(System.getenv());
        said.put(NetworkOptions.THREADS, System.getProperty(NetworkOptions.THREADS, ""));
        return new Cores(said, Runtime.getRuntime().availableProcessors()).number();
    }

    /** 1 or more. */
    int number() {
        int least = VARIABLES.stream()
                .map(name -> positive(environment.getOrDefault(name, "")))
                .flatMapToInt(OptionalInt::stream)
                .min()
                .orElse(seen);
        return Math.max(1, Math.min(seen, least));
    }

    /** OpenMP allows a list, for teams within teams: the first counts. */
    private static OptionalInt positive(String text) {
        try {
            int number = Integer.parseInt(text.split(",", 2)[0].strip());
            return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
