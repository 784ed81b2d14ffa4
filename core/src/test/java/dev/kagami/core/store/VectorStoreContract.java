package dev.kagami.core.store;

/**
 * What every {@link VectorStore} has to do, whether it answers from memory, from an index, over a
 * wire, or by asking others. A store is tested by a subclass that hands it over; the hooks are
 * those of {@link StoreUnderTest}.
 *
 * <p>The suites are interfaces so that they may grow apart and still run under one name.
 */
public abstract class VectorStoreContract
    implements WriteContract,
        StampContract,
        UndoContract,
        SettleContract,
        SearchContract,
        IndexContract,
        ChangesContract,
        TimeContract,
        FlushContract,
        TrimContract,
        DropContract,
        InputContract {}
