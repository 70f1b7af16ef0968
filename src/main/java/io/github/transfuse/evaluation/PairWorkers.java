package io.github.transfuse.evaluation;

import io.github.transfuse.TransFuse;
import io.github.transfuse.samples.Pair;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Those who score the pairs of an {@link Evaluation} in its place, such as the computers of a cluster. */
@FunctionalInterface
public interface PairWorkers {
    /**
     * Scores all pairs, each once, and returns when all are told of.
     *
     * @param done given parts of the evaluation, in any order, one at a time
     * @throws IOException if nothing can be done at all
     */
    void score(Work work, Consumer<EvaluationPart> done) throws IOException;

    /**
     * What is to be done.
     *
     * @param network with the settings that it segments with; it is not open
     * @param scorer the same for all pairs
     * @param pairs in their order; their numbers count from 0
     */
    record Work(TransFuse network, PairScorer scorer, List<Pair> pairs) {
        /** Copies the list. */
        public Work {
            pairs = List.copyOf(pairs);
        }
    }
}
