package io.github.transfuse.archfixtures.elsewhere;

/** Lives in a package that the design does not know. */
public class Offender {}
