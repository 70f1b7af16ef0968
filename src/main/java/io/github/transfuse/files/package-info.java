/**
 * Files that are whole or not there at all, whatever happens meanwhile: an exception, a full disk, a killed process.
 *
 * <p>Nobody else writes or moves files; temporary ones are made here too. The disk is that of the path that is given: tests
 * give a path of a disk that fails at its n-th step, and try every n with every writer of the product.
 *
 * <p>Start reading at {@link io.github.transfuse.files.WholeFile} for one file, {@link
 * io.github.transfuse.files.StagedFiles} for files that belong together, and {@link
 * io.github.transfuse.files.UnpackedFiles} for a cache of what jars hold. Data in: paths and bytes. Data out: files.
 */
package io.github.transfuse.files;
