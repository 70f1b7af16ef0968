package io.github.transfuse.archfixtures.torch.infer;

/** Breaks the rules of its package on purpose. */
public class Offender {
    final io.github.transfuse.archfixtures.torch.train.Offender forbidden = null;
}
