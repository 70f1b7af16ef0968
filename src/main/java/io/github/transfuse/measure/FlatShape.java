package io.github.transfuse.measure;

/**
 * The shape of an object in a plane.
 *
 * @param perimeter of the outline, holes included, each corner cut as ImageJ does for traced selections
 * @param circularity 4 pi area / perimeter^2, at most 1
 * @param feret largest distance of two points of the outline
 * @param minFeret smallest distance of two parallel lines with the object between them
 * @param solidity pixels of the object in those of its convex hull
 */
public record FlatShape(double perimeter, double circularity, double feret, double minFeret, double solidity) {}
