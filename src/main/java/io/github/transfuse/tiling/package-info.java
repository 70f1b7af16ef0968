/** Cutting n-dimensional images into overlapping tiles and blending the tiles back. */
package io.github.transfuse.tiling;
