package io.pantala.txn;

import java.util.SplittableRandom;

/// A connection of the simulation: one operation, or one batch, at a time. It belongs to the thread
/// of its home shard.
final class SimulatedClient {
  final Simulation simulation;
  final Coordinator<Simulation.Cells> coordinator;
  final SplittableRandom random;
  private final SimulatedTransaction transaction;
  private final SimulatedBatch batch;
  private final boolean isEager;
  private int operationsLeft;
  private boolean isBusy;
  private boolean isGone;

  SimulatedClient(
      Simulation simulation, Coordinator<Simulation.Cells> coordinator, SplittableRandom random) {
    this.simulation = simulation;
    this.coordinator = coordinator;
    this.random = random;
    transaction = new SimulatedTransaction(this);
    batch = new SimulatedBatch(this);
    isEager = random.nextInt(3) == 0;
    operationsLeft = 2 + random.nextInt(6);
  }

  boolean mayBegin() {
    return !isBusy && !isGone && operationsLeft > 0;
  }

  boolean isBusy() {
    return isBusy;
  }

  int home() {
    return coordinator.home();
  }

  void begin() {
    operationsLeft--;
    isBusy = true;
    if (random.nextInt(100) < simulation.batchPercent) {
      batch.begin();
    } else {
      transaction.begin();
    }
  }

  /// Its operation is done; an eager one begins the next from within the call.
  void goOn() {
    simulation.check(isBusy, "concluded twice");
    isBusy = false;
    if (isEager && mayBegin()) {
      begin();
    }
  }

  /// Goes away, in the middle of what it does.
  void vanish() {
    isGone = true;
  }
}
