package io.github.transfuse.archfixtures.cli;

import io.github.transfuse.archfixtures.engine.Engine;

/** A host that holds an engine of its own. */
class DrivesEngine {
    final Engine engine;

    DrivesEngine(Engine engine) {
        this.engine = engine;
    }
}
