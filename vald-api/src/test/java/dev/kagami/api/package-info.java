/**
 * Checks that the compiled protos say what Vald says.
 *
 * <ul>
 *   <li>{@code WireContractTest}: compares both, line by line.
 *   <li>{@code ContractTable}: what Vald says, from {@code wire-contract.txt}.
 *   <li>{@code CompiledContract}: what our protos say, in the same words.
 * </ul>
 */
package dev.kagami.api;
