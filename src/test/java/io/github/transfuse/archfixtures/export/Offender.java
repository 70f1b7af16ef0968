package io.github.transfuse.archfixtures.export;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.view.Offender forbidden = null;

    Object spark(org.apache.spark.SparkConf conf) {
        return conf;
    }
}
