package io.github.transfuse.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkJobTest {
    private static final int ALL = Runtime.getRuntime().availableProcessors();

    @Test
    void coresAreToldFromTheMaster() {
        assertEquals(Optional.of(1), SparkJob.localCores("local"));
        assertEquals(Optional.of(3), SparkJob.localCores("local[3]"));
        assertEquals(Optional.of(3), SparkJob.localCores("local[3,4]"));
        assertEquals(Optional.of(ALL), SparkJob.localCores("local[*]"));
        assertEquals(Optional.of(ALL), SparkJob.localCores("local[*,2]"));
        assertEquals(Optional.empty(), SparkJob.localCores("local-cluster[2,1,1024]"));
        assertEquals(Optional.empty(), SparkJob.localCores("spark://head:7077"));
    }

    @Test
    void theOneNetworkOfThisProcessHasAllCoresUnlessTheUserSaysOtherwise() {
        SparkConf usual = SparkJob.configured(new SparkConf(false), "");
        assertEquals("local[*]", usual.get("spark.master"));
        assertEquals(Integer.toString(ALL), usual.get("spark.task.cpus"));
        SparkConf asked = SparkJob.configured(new SparkConf(false).set("spark.task.cpus", "1"), "local[2]");
        assertEquals("1", asked.get("spark.task.cpus"));
        assertEquals("local[2]", asked.get("spark.master"));
    }

    @Test
    void theMasterOfSparkSubmitStaysUnlessOneIsNamed() {
        SparkConf submitted = SparkJob.configured(new SparkConf(false).setMaster("yarn"), "");
        assertEquals("yarn", submitted.get("spark.master"));
        assertFalse(submitted.contains("spark.task.cpus"), "a cluster says how many cores a task has");
        SparkConf named = SparkJob.configured(new SparkConf(false).setMaster("yarn"), "spark://head:7077");
        assertEquals("spark://head:7077", named.get("spark.master"));
    }
}
