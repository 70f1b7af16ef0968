package io.github.transfuse.archfixtures.imagej;

import ij.plugin.PlugIn;

/** A plain ImageJ entry that reaches SciJava over one step. */
class PlainEntry implements PlugIn {
    @Override
    public void run(String argument) {
        new NeedsScijava().context();
    }
}
