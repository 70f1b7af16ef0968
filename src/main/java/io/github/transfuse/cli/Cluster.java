package io.github.transfuse.cli;

import io.github.transfuse.engine.EngineUnavailableException;
import java.io.IOException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What knows a cluster, in a jar of its own. */
final class Cluster {
    private static final String MASTER = "--master";

    private Cluster() {}

    /** The option that says where the work is done. */
    static OptionSpec option() {
        return OptionSpec.builder(MASTER)
                .type(String.class)
                .paramLabel("MASTER")
                .description("Where Spark works, such as spark://head:7077 or yarn. Default: as spark-submit says, or"
                        + " local[*], this computer with all cores.")
                .build();
    }

    /** What was said there; empty if nothing was. */
    static String master(ParseResult parsed) {
        return parsed.matchedOptionValue(MASTER, "");
    }

    /** Work on a cluster. */
    @FunctionalInterface
    interface Work<S, R> {
        R with(S service) throws IOException;
    }

    /**
     * Does work on a cluster.
     *
     * @param service what knows how to do it
     * @throws EngineUnavailableException if the jar or the cluster's own program is missing
     */
    static <S, R> R use(Class<S> service, Work<S, R> work) throws IOException {
        try {
            S found = ServiceLoader.load(service, service.getClassLoader())
                    .findFirst()
                    .orElseThrow(() -> new EngineUnavailableException(
                            "transfuse-spark.jar is missing. Put it beside the other jars of TransFuse, in lib."));
            return work.with(found);
        } catch (ServiceConfigurationError e) {
            throw missing(e);
        } catch (NoClassDefFoundError e) {
            // other classes may be missing too, such as those that draw on a server without fonts
            if (isOfSpark(e)) {
                throw missing(e);
            }
            throw e;
        }
    }

    private static boolean isOfSpark(NoClassDefFoundError missing) {
        String name = String.valueOf(missing.getMessage()).replace('/', '.');
        return name.contains("org.apache.") || name.contains("scala.");
    }

    private static EngineUnavailableException missing(Throwable cause) {
        return new EngineUnavailableException(
                "Apache Spark is missing. Install Spark 4 (Scala 2.13) from spark.apache.org, and set SPARK_HOME to"
                        + " its folder.",
                cause);
    }
}
