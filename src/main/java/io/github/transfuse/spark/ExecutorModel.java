package io.github.transfuse.spark;

import io.github.transfuse.TransFuse;
import io.github.transfuse.Version;
import io.github.transfuse.engine.EngineUnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The one model of an executor's process: its network is opened by the first task and kept for the others. */
final class ExecutorModel {
    private static Held held = new Held("", List.of());

    private ExecutorModel() {}

    private record Held(String key, List<TransFuse> model) {}

    /**
     * The model of a job, with its network open.
     *
     * @param threads that the network computes with
     * @throws TaskRefusedException if this computer cannot do the job
     * @throws IOException if the model cannot be read
     */
    static synchronized TransFuse of(JobPlan plan, int threads) throws IOException {
        requireVersion(plan.version());
        String key = threads + " " + plan.settings() + " " + plan.checksums();
        if (!held.key().equals(key)) {
            held.model().forEach(TransFuse::close);
            held = new Held("", List.of());
            held = new Held(key, List.of(opened(plan, threads)));
        }
        TransFuse model = held.model().get(0);
        return plan.fitted().map(model::normalization).orElse(model);
    }

    /** Two versions may give different results. */
    static void requireVersion(String driver) throws TaskRefusedException {
        if (!driver.equals(Version.current())) {
            throw new TaskRefusedException("this is TransFuse " + Version.current() + ", but the driver runs " + driver
                    + ". Give all computers the jars of one version.");
        }
    }

    private static TransFuse opened(JobPlan plan, int threads) throws IOException {
        String places = plan.models().stream().map(ShippedModel::place).collect(Collectors.joining("+"));
        TransFuse model = TransFuse.load(places).settings(plan.parsedSettings()).threads(threads);
        if (!JobPlan.checksums(model).equals(plan.checksums())) {
            throw new TaskRefusedException(
                    "the model here is not the model of the driver. Give all computers the jars of" + " one version.");
        }
        try {
            model.open();
        } catch (EngineUnavailableException e) {
            throw new TaskRefusedException(e.getMessage());
        }
        return model;
    }
}
