package io.github.transfuse.engine;

import java.util.List;

/**
 * What a training is about to do.
 *
 * @param training number of training examples
 * @param validation number of validation examples
 * @param network device and precision in use
 * @param memoryBytes estimated peak of memory
 * @param notes sentences for people: what was proposed, replaced or left out
 */
public record TrainingSummary(
        int training, int validation, NetworkInfo network, long memoryBytes, List<String> notes) {}
