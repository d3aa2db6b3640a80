/** Recorder module for node-record-lpcm16, which loads it by its absolute path: what to run is decided by the driver. */
module.exports = ({ program, programArguments }) => ({
  cmd: program,
  args: programArguments,
  spawnOptions: { stdio: ['ignore', 'pipe', 'pipe'] },
});
