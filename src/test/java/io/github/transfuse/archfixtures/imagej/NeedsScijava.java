package io.github.transfuse.archfixtures.imagej;

import org.scijava.Context;

/** Not loadable without SciJava. */
class NeedsScijava {
    Context context() {
        return new Context();
    }
}
