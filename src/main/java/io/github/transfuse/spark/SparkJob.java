package io.github.transfuse.spark;

import io.github.transfuse.files.ProgramFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Function2;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** A session of Spark: one that is there already, which stays, or one of its own. */
final class SparkJob implements AutoCloseable {
    /** Where Spark works if nothing else is said: in this process, with all cores. */
    static final String USUAL_MASTER = "local[*]";

    private static final String MASTER = "spark.master";
    private static final String CPUS = "spark.task.cpus";

    private final SparkSession session;
    private final boolean own;

    private SparkJob(SparkSession session, boolean own) {
        this.session = session;
        this.own = own;
    }

    /**
     * Begins.
     *
     * @param master as Spark names it; empty: as {@code spark-submit} says, or in this process
     */
    static SparkJob open(String master) {
        if (SparkSession.getDefaultSession().isDefined()) {
            return new SparkJob(SparkSession.getDefaultSession().get(), false);
        }
        SparkConf conf = configured(new SparkConf(), master);
        SparkSession session = SparkSession.builder().config(conf).getOrCreate();
        return new SparkJob(session, true);
    }

    /** What users need not say. What they said stays. */
    static SparkConf configured(SparkConf conf, String master) {
        if (!master.isEmpty()) {
            conf.setMaster(master);
        }
        conf.setIfMissing(MASTER, USUAL_MASTER);
        conf.setIfMissing("spark.app.name", "TransFuse");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        conf.setIfMissing("spark.log.level", "WARN");
        // The driver keeps little of what a task tells, and takes one after the other: their sum needs no limit
        conf.setIfMissing("spark.driver.maxResultSize", "0");
        String where = conf.get(MASTER);
        localCores(where).ifPresent(cores -> conf.setIfMissing(CPUS, Integer.toString(cores)));
        if (!where.startsWith("local")) {
            // Executors get the jars that this program runs from
            List<String> jars = ProgramFiles.jars();
            if (!jars.isEmpty()) {
                conf.setIfMissing("spark.jars", String.join(",", jars));
            }
        }
        return conf;
    }

    /** The cores that Spark has in this process: the one network of a process computes with all of them. */
    static Optional<Integer> localCores(String master) {
        if (master.equals("local")) {
            return Optional.of(1);
        }
        if (!master.startsWith("local[")) {
            return Optional.empty();
        }
        String count =
                master.substring("local[".length()).split("[,\\]]", -1)[0].strip();
        return Optional.of(count.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(count));
    }

    SparkSession session() {
        return session;
    }

    SparkContext context() {
        return session.sparkContext();
    }

    /** Tasks that run at once, as far as Spark knows by now. */
    int slots() {
        return Math.max(1, context().defaultParallelism() / context().conf().getInt(CPUS, 1));
    }

    /** Tasks that run at once in one process, which has one network; 0 if only the cluster knows. */
    int slotsOfProcess() {
        SparkConf conf = context().conf();
        int cores = localCores(conf.get(MASTER, "")).orElseGet(() -> conf.getInt("spark.executor.cores", 0));
        return cores / conf.getInt(CPUS, 1);
    }

    /** What to tell where tasks of one process wait for each other. */
    Optional<String> aboutSlots() {
        int slots = slotsOfProcess();
        return slots > 1
                ? Optional.of("Up to " + slots + " tasks share the one network of a worker, and compute in turn: give a"
                        + " task all cores of a worker (" + CPUS + " = spark.executor.cores).")
                : Optional.empty();
    }

    /**
     * Runs tasks on the executors.
     *
     * @param name shown in Spark's pages
     * @param done told of each task that is done, by its number in the list, one at a time
     * @return what ended the run before its end, if anything did
     */
    <T, R> Optional<Exception> run(
            String name,
            List<T> tasks,
            Function2<org.apache.spark.TaskContext, scala.collection.Iterator<T>, R> work,
            BiConsumer<Integer, R> done) {
        context().setJobDescription(name);
        try {
            JavaRDD<T> rdd = new JavaSparkContext(context()).parallelize(tasks, tasks.size());
            context().runJob(rdd.rdd(), work, new Told<>(done), ClassTag$.MODULE$.apply(Object.class));
            return Optional.empty();
        } catch (Exception e) { // Scala declares none: SparkException
            return Optional.of(e);
        } finally {
            context().setJobDescription(null);
        }
    }

    @Override
    public void close() {
        if (own) {
            session.stop();
        }
    }

    private static final class Told<R> extends AbstractFunction2<Object, R, BoxedUnit> {
        private final BiConsumer<Integer, R> to;

        Told(BiConsumer<Integer, R> to) {
            this.to = to;
        }

        @Override
        public BoxedUnit apply(Object number, R result) {
            to.accept((Integer) number, result);
            return BoxedUnit.UNIT;
        }
    }
}
