package io.pantala.txn;

import java.util.Arrays;

/// Commands of a pipeline for one shard: each an operation of its own, run at once when nothing
/// conflicts, else after a wait; then it goes on.
final class SimulatedBatch extends ShardStep<Simulation.Cells> {
  private static final int MAX_COMMANDS = 4;

  private final SimulatedClient client;
  private final Simulation simulation;
  private final int[] operations = new int[MAX_COMMANDS];
  private final int[][] keys = new int[MAX_COMMANDS][];
  private final boolean[] isWrite = new boolean[MAX_COMMANDS];
  private int shard;
  private int size;
  private int done;
  private int failAt;

  private final ShardMessage<Simulation.Cells> request =
      new ShardMessage<>() {
        @Override
        protected void onReceive(ShardExecutor<Simulation.Cells> at) {
          runUntilConflict(at);
        }
      };

  private final ShardMessage<Simulation.Cells> reply =
      new ShardMessage<>() {
        @Override
        protected void onReceive(ShardExecutor<Simulation.Cells> at) {
          finish();
        }
      };

  SimulatedBatch(SimulatedClient client) {
    this.client = client;
    this.simulation = client.simulation;
  }

  void begin() {
    shard = client.random.nextInt(simulation.size());
    size = client.random.nextInt(3) > 0 ? 1 : 1 + client.random.nextInt(MAX_COMMANDS);
    done = 0;
    failAt = client.random.nextInt(20) == 0 ? client.random.nextInt(size) : -1;
    for (int i = 0; i < size; i++) {
      keys[i] = new int[client.random.nextInt(4) > 0 ? 1 : 2];
      for (int k = 0; k < keys[i].length; k++) {
        keys[i][k] = simulation.keyOf(shard, client.random);
      }
      isWrite[i] = client.random.nextBoolean();
      operations[i] =
          simulation.history.invoke(
              (isWrite[i] ? "write " : "read ") + Arrays.toString(keys[i]) + " at " + shard);
    }
    if (shard == client.home()) {
      runUntilConflict(simulation.executor(shard));
    } else {
      simulation.post(shard, request);
    }
  }

  @Override
  protected void run(ShardExecutor<Simulation.Cells> at) {
    runCommand(at);
    runUntilConflict(at);
  }

  @Override
  protected void failed(ShardExecutor<Simulation.Cells> at, Throwable cause) {
    simulation.expectPlanted(cause);
    runUntilConflict(at);
  }

  private void runUntilConflict(ShardExecutor<Simulation.Cells> at) {
    while (done < size) {
      if (!simulation.inlinesBlindly && !at.isIdle() && !isFree(at)) {
        waitForTurn(at);
        return;
      }
      try {
        runCommand(at);
      } catch (Simulation.Planted expected) {
        simulation.history.log(operations[done - 1], "throws", -1);
      }
    }
    if (shard == client.home()) {
      finish();
    } else {
      simulation.post(client.home(), reply);
    }
  }

  private boolean isFree(ShardExecutor<Simulation.Cells> at) {
    for (int key : keys[done]) {
      if (!at.isFree(simulation.lockKey(key), isWrite[done])) {
        return false;
      }
    }
    return true;
  }

  private void waitForTurn(ShardExecutor<Simulation.Cells> at) {
    clearClaims();
    for (int key : keys[done]) {
      claim(simulation.lockKey(key), isWrite[done]);
    }
    simulation.history.log(operations[done], "waits", -1);
    at.enqueue(this);
  }

  private void runCommand(ShardExecutor<Simulation.Cells> at) {
    int i = done++;
    for (int key : keys[i]) {
      at.shard().touch(operations[i], key, isWrite[i]);
    }
    if (i == failAt) {
      throw new Simulation.Planted();
    }
  }

  private void finish() {
    for (int i = 0; i < size; i++) {
      simulation.history.finish(operations[i]);
    }
    client.goOn();
  }
}
