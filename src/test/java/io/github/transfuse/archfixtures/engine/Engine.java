package io.github.transfuse.archfixtures.engine;

/** Stands for the engine that hosts must not drive. */
public interface Engine {}
