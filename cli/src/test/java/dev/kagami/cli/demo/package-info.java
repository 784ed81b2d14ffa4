/** The demo told on sites that are right, and on sites with one fault each: it must notice. */
package dev.kagami.cli.demo;
