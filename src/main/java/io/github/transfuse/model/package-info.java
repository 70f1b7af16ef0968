/** What a model is: its specification, its folder on disk and the catalogue of models. */
package io.github.transfuse.model;
