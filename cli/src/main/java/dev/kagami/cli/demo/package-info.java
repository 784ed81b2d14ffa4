/**
 * {@code kagami demo}: the main job, told step by step, every step checked.
 *
 * <ul>
 *   <li>{@link dev.kagami.cli.demo.DemoCommand}: starts two sites, tells the story, stays or leaves
 *   <li>{@code Demo}: the steps; read it first
 *   <li>{@code Step}: a claim and the scene that shows it
 *   <li>{@code Scene}: acts on the {@code Stage} and checks there what it has shown
 *   <li>{@code SiteClient}: one site as any client of Vald sees it
 * </ul>
 *
 * <p>The law: nothing is printed as true that was not looked up at the sites in this run.
 */
package dev.kagami.cli.demo;
