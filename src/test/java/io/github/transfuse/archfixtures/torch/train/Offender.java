package io.github.transfuse.archfixtures.torch.train;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.torch.Offender forbidden = null;
}
